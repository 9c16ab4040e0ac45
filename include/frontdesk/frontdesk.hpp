/// Everything frontdesk offers to C++. Start reading at desk.hpp.
#pragma once

#include <frontdesk/access.hpp>
#include <frontdesk/api_keys.hpp>
#include <frontdesk/catalog.hpp>
#include <frontdesk/catalog_activities.hpp>
#include <frontdesk/catalog_categories.hpp>
#include <frontdesk/catalog_media.hpp>
#include <frontdesk/catalog_partners.hpp>
#include <frontdesk/catalog_rooms.hpp>
#include <frontdesk/desk.hpp>
#include <frontdesk/notices.hpp>
#include <frontdesk/people.hpp>
#include <frontdesk/people_care.hpp>
#include <frontdesk/people_entry.hpp>
#include <frontdesk/people_family.hpp>
#include <frontdesk/people_privacy.hpp>
#include <frontdesk/recurrence.hpp>
#include <frontdesk/roles.hpp>
#include <frontdesk/schedule.hpp>
#include <frontdesk/schedule_absences.hpp>
#include <frontdesk/schedule_calendar.hpp>
#include <frontdesk/schedule_closures.hpp>
#include <frontdesk/schedule_feed.hpp>
#include <frontdesk/schedule_groups.hpp>
#include <frontdesk/schedule_sessions.hpp>
#include <frontdesk/upkeep.hpp>
